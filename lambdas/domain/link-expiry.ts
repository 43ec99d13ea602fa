/** When a link signed at that moment ends. SigV4 dates have whole seconds, so its life begins with the second. */
export const linkExpiry = (signedAt: Date, expiresInSeconds: number): Date =>
  new Date((Math.floor(signedAt.getTime() / 1000) + expiresInSeconds) * 1000);
