/** What stands where a secret stood. */
export const REDACTED = {
  secret: '[redacted:secret]',
  token: '[redacted:token]',
  field: '[redacted:field]',
} as const;
