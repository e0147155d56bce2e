/**
 * The seam between the gateway and what answers for an AWS service. The gateway is the HTTP proxy of Terraform's AWS traffic; it names
 * the service from the request's signature and asks, in this order: an emulated service of ours, else the emulator behind it, whose
 * request and answer pass through the corrections for that service.
 */

/** A request as AWS would have got it. */
export interface AwsRequest {
  /** Signing name from the credential scope, for example "eks", "ec2", "s3", "sts". */
  readonly service: string;
  /** Region from the credential scope. */
  readonly region: string;
  /** Access key id that signed it; tells callers apart. */
  readonly accessKeyId: string;
  readonly method: string;
  /** Absolute URL, host as the client sent it. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Asks the emulator behind the gateway, bypassing emulated services but not corrections. */
export type Upstream = (request: AwsRequest) => Promise<AwsResponse>;

/** A whole service that we answer ourselves. */
export interface EmulatedService {
  /** Signing name. */
  readonly service: string;
  handle(request: AwsRequest): Promise<AwsResponse>;
}

/** One behaviour of the emulator that is put right. One file each in rehearsal/corrections/, with a test. */
export interface Correction {
  readonly id: string;
  /** Signing name of the service. */
  readonly service: string;
  /** What the emulator does, what AWS does, and the source of the latter. */
  readonly why: string;
  /** True where this correction acts on the request or its answer. */
  applies(request: AwsRequest): boolean;
  /** Changed request; or, where the emulator must not be asked at all, an answer. */
  before?(request: AwsRequest, upstream: Upstream): Promise<AwsRequest | AwsResponse>;
  /** Changed answer. */
  after?(request: AwsRequest, response: AwsResponse, upstream: Upstream): Promise<AwsResponse>;
}
