/** Settings of functions that are read back. */
import type { AwsRequest, Correction } from "../../gateway/service.ts";
import { isSuccess } from "../answers.ts";
import { bodyOf, type Fields, jsonAnswer } from "../kept.ts";

const path = /^\/2015-03-31\/functions(?:\/([^/]+))?(\/configuration)?\/?$/;
const forgotten = ["DeadLetterConfig", "LoggingConfig"] as const;

export function forgottenSettings(): Correction {
  const settings = new Map<string, Fields>();
  return {
    id: "lambda-forgotten-settings",
    service: "lambda",
    why: "moto 5.2.5 does not return where a function's failures and logs go; Lambda API reference, FunctionConfiguration: DeadLetterConfig and LoggingConfig are those that were given.",
    applies: ({ url }) => path.test(url.pathname),
    async after(request, response) {
      if (!isSuccess(response)) return response;
      const name = nameOf(request);
      if (request.method === "DELETE") settings.delete(name);
      if (request.method === "POST" || request.method === "PUT") {
        const given = bodyOf(request);
        const kept = forgotten.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]]));
        settings.set(name, { ...settings.get(name), ...Object.fromEntries(kept) });
      }
      const known = settings.get(name);
      if (known === undefined || request.method === "DELETE") return response;
      const answer = JSON.parse(response.body.toString("utf8")) as Fields;
      // GetFunction tells the configuration beside the code, all others tell it alone.
      const { Configuration } = answer as { readonly Configuration?: Fields };
      const body = jsonAnswer(Configuration ? { ...answer, Configuration: { ...Configuration, ...known } } : { ...answer, ...known }).body;
      const { "content-length": _, ...headers } = response.headers;
      return { ...response, headers, body };
    },
  };
}

/** By path; the call that makes one has no name there. */
function nameOf(request: AwsRequest): string {
  const named = path.exec(request.url.pathname)?.[1];
  return decodeURIComponent(named ?? String(bodyOf(request).FunctionName)).replace(/^arn:.*:function:/, "");
}
