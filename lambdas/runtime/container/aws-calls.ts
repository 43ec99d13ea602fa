/**
 * A call that hangs is given up and tried once more; two calls one after the other, each tried twice, still end before
 * any function's timeout does.
 */
export const awsCalls = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1500, throwOnRequestTimeout: true },
};
