/** Every spelling in which a secret may turn up: raw, base64, base64url, URL-encoded and JSON-escaped. */
export function secretForms(secrets: readonly string[]): readonly string[] {
  return secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [
      secret,
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('base64url'),
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
    ]);
}
