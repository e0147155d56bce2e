/** The one name that every AWS request of a rehearsal goes to. */

/** Not loopback, or Go's HTTP client would not use the proxy; .invalid never resolves (RFC 6761), so nothing can leave by mistake. */
export const awsHost = "aws.rehearsal.invalid";

/** For AWS_ENDPOINT_URL. */
export const awsEndpoint = `http://${awsHost}`;
