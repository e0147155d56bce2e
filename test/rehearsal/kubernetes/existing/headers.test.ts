import { describe, expect, test } from "@jest/globals";
import { bearerOf, forwardedHeaders } from "../../../../rehearsal/kubernetes/existing/headers.ts";

const user = { username: "arn:aws:sts::111122223333:assumed-role/developer/kim", groups: ["developers"] };

describe("headers for the user's own cluster", () => {
  test("carry the proven identity and the kubeconfig's credentials", () => {
    expect(forwardedHeaders({ accept: "application/json" }, user, { authorization: "Bearer own" })).toEqual({
      accept: "application/json",
      authorization: "Bearer own",
      "impersonate-user": user.username,
      "impersonate-group": ["developers", "system:authenticated"],
    });
  });

  test.each([
    ["the EKS token", { authorization: "Bearer k8s-aws-v1.x" }],
    ["another user", { "impersonate-user": "admin" }],
    ["other groups", { "impersonate-group": "system:masters" }],
    ["another uid", { "impersonate-uid": "0" }],
    ["extra fields", { "impersonate-extra-scopes": "all" }],
    ["those of an authenticating proxy", { "x-remote-user": "admin", "x-remote-group": "system:masters" }],
    ["the host", { host: "127.0.0.1:6443" }],
    ["hop by hop", { "transfer-encoding": "chunked", te: "trailers", upgrade: "SPDY/3.1" }],
    ["what is declared hop by hop", { connection: "close, X-Own", "x-own": "1" }],
  ])("drop %s", (_, client) => {
    expect(forwardedHeaders(client, { username: "kim", groups: [] }, {})).toEqual({
      "impersonate-user": "kim",
      "impersonate-group": ["system:authenticated"],
    });
  });

  test("declaring the identity hop by hop does not take it away", () => {
    expect(forwardedHeaders({ connection: "impersonate-user" }, user, {})).toHaveProperty("impersonate-user", user.username);
  });

  test("of an upgrade ask for its protocol, without a token in the WebSocket's", () => {
    const client = { connection: "Upgrade", "sec-websocket-protocol": "base64url.bearer.authorization.k8s.io.YWJj, v5.channel.k8s.io" };
    expect(forwardedHeaders(client, user, {}, "websocket")).toMatchObject({
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-protocol": "v5.channel.k8s.io",
    });
  });

  test.each([
    ["Bearer k8s-aws-v1.abc", "k8s-aws-v1.abc"],
    ["bearer  k8s-aws-v1.abc", "k8s-aws-v1.abc"],
    ["Basic abc", undefined],
    ["Bearer", undefined],
    [undefined, undefined],
  ])("%j holds the token %j", (authorization, token) => {
    expect(bearerOf({ authorization })).toBe(token);
  });
});
