/** Errors as EKS answers them: status, `x-amzn-errortype`, and a body whose members name what the error is about. */
import type { AwsResponse } from "../gateway/service.ts";

/** Status of each error. Source: EKS API reference, "Errors" of each action. */
const statuses = {
  InvalidParameterException: 400,
  InvalidRequestException: 400,
  NotFoundException: 404,
  ResourceInUseException: 409,
  ResourceNotFoundException: 404,
  UnsupportedOperationException: 400,
  ServerException: 500,
} as const;

export type ErrorType = keyof typeof statuses;

/** What an error is about, as EKS names it in the body. */
export interface ErrorSubject {
  readonly clusterName?: string;
  readonly nodegroupName?: string;
  readonly fargateProfileName?: string;
  readonly addonName?: string;
}

export class EksError extends Error {
  readonly type: ErrorType;
  readonly subject: ErrorSubject;

  constructor(type: ErrorType, message: string, subject: ErrorSubject = {}) {
    super(message);
    this.type = type;
    this.subject = subject;
  }
}

export const invalid = (message: string, subject?: ErrorSubject) => new EksError("InvalidParameterException", message, subject);
export const refused = (message: string, subject?: ErrorSubject) => new EksError("InvalidRequestException", message, subject);
export const inUse = (message: string, subject?: ErrorSubject) => new EksError("ResourceInUseException", message, subject);
export const notFound = (message: string, subject?: ErrorSubject) => new EksError("ResourceNotFoundException", message, subject);

export function errorResponse(error: EksError): AwsResponse {
  return {
    status: statuses[error.type],
    headers: { "content-type": "application/json", "x-amzn-errortype": error.type },
    body: Buffer.from(JSON.stringify({ ...error.subject, message: error.message })),
  };
}
