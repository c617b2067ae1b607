// Addresses and messages without their secrets.

/** The text with the passwords of addresses and of parameters hidden, also a password that should have been encoded. */
export function maskUrl(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^:@/?#\s]*):(?:[^@/?#\s]*@(?=[^@]*$)|.*@)/gi, '$1:***@')
    .replace(/\b(password\d?|passwd|pwd|sslpassword)=[^&#\s]*/gi, '$1=***')
}
