/** Decides a request by an endpoint policy that only allows: some statement must fit action, resource and context. */
type Context = Readonly<Record<string, string>>;
interface Allowing {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const fits = (patterns: string | readonly string[], text: string) =>
  [patterns]
    .flat()
    .some((pattern) => pattern === "*" || pattern === text || (pattern.endsWith("*") && text.startsWith(pattern.slice(0, -1))));

export function allows(policy: string, action: string, resource: string, context: Context): boolean {
  const statements: readonly Allowing[] = JSON.parse(policy).Statement;
  return statements.some(
    ({ Effect, Action, Resource, Condition = {} }) =>
      Effect === "Allow" &&
      fits(Action, action) &&
      fits(Resource, resource) &&
      // StringEquals and Bool, the only operators here, are equality of a key that must be there (IAM user guide, "Condition operators").
      Object.values(Condition).every((keys) => Object.entries(keys).every(([key, wanted]) => context[key] === wanted)),
  );
}
