/** Where the events of these tests come from. */
export const account = "123456789012";
export const region = "ap-northeast-2";
export const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
