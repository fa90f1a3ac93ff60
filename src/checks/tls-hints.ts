/** The messages of TLS libraries that mean one thing, and what that is (Node's documentation "X509 certificate error codes"; OpenSSL). */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT|unable to verify the first certificate|unable to get (?:local )?issuer/i,
    'the server does not send the intermediate certificate, or its authority is not known on this machine',
  ],
  [
    /SELF_SIGNED_CERT|self.signed certificate/i,
    'the certificate is signed by an authority that this machine does not trust',
  ],
  [
    /wrong version number|packet length too long|record layer failure|WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|http request/i,
    'the port speaks no TLS: use ws:// and http:// for it, or the port that speaks TLS',
  ],
  [
    /unsupported protocol|alert protocol version|UNSUPPORTED_PROTOCOL|ALERT_PROTOCOL_VERSION|no protocols available/i,
    'the server offers no version of TLS that is still allowed (at least 1.2)',
  ],
  [
    /alert handshake failure|no shared cipher|no ciphers available|SSLV3_ALERT_HANDSHAKE_FAILURE/i,
    'the server accepts none of the ciphers of this client, or wants another host name',
  ],
  [/certificate required|ALERT_CERTIFICATE_REQUIRED/i, 'the server wants a certificate of the client'],
  [/unrecognized name|ALERT_UNRECOGNIZED_NAME/i, 'the server does not know this host name'],
  [
    /before secure TLS connection|socket hang up|ECONNRESET/i,
    'the port may speak no TLS, or another version of it: compare with ws:// and http://',
  ],
];

/** What the text of a failed TLS handshake means, as a clause behind a semicolon; empty where it says all there is. */
export function tlsHint(text: string): string {
  const hint = HINTS.find(([says]) => says.test(text))?.[1];
  return hint === undefined ? '' : `; ${hint}`;
}
