/** Decides a request by the explicit denies of a policy, as IAM does. Only the condition operators that our resource policies use. */

type Values = Readonly<Record<string, string>>;
type Wanted = Readonly<Record<string, string | readonly string[]>>;
interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Wanted>>;
}

const list = (value: string | readonly string[]): readonly string[] => (typeof value === "string" ? [value] : value);
const matches = (pattern: string, text: string) => new RegExp(`^${pattern.replace(/[.+]/g, "\\$&").replaceAll("*", ".*")}$`).test(text);

/** Source: IAM user guide, "Condition operators". A key that is absent satisfies negated operators and `IfExists`, nothing else. */
const operators: Readonly<Record<string, (found: string | undefined, wanted: readonly string[]) => boolean>> = {
  Bool: (found, wanted) => found !== undefined && wanted.includes(found),
  BoolIfExists: (found, wanted) => found === undefined || wanted.includes(found),
  Null: (found, wanted) => wanted.includes(String(found === undefined)),
  StringEquals: (found, wanted) => found !== undefined && wanted.includes(found),
  StringNotEquals: (found, wanted) => found === undefined || !wanted.includes(found),
  ArnNotEquals: (found, wanted) => found === undefined || !wanted.includes(found),
};

/** Whether any statement of this effect applies to the action in this context. */
function applies(effect: string, policy: string, action: string, context: Values): boolean {
  const statements: readonly PolicyStatement[] = JSON.parse(policy).Statement;
  return statements.some(
    (statement) =>
      statement.Effect === effect &&
      list(statement.Action).some((pattern) => matches(pattern, action)) &&
      Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) => {
          const decide = operators[operator];
          if (!decide) throw new Error(`condition operator ${operator} is unknown here: add it to test/support/policies.ts`);
          return decide(context[key], list(wanted));
        }),
      ),
  );
}

export function denies(policy: string, action: string, context: Values): boolean {
  return applies("Deny", policy, action, context);
}
