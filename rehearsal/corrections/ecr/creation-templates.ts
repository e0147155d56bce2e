/** How repositories look that ECR makes by itself. */
import { type Call, found, keeping, Refused } from "../kept.ts";

const missing = "TemplateNotFoundException";
/** A registry is of one region. */
const keyOf = ({ request }: Call, prefix: unknown) => `${request.region} ${String(prefix)}`;

export const creationTemplates = () =>
  keeping(
    "ecr-creation-templates",
    "ecr",
    "moto 5.2.5 lacks repository creation templates; ECR API reference: one per prefix, and Describe returns what was given.",
    {
      CreateRepositoryCreationTemplate: (call) => {
        const key = keyOf(call, call.body.prefix);
        if (call.kept.has(key)) throw new Refused("TemplateAlreadyExistsException", `${key} has one.`);
        call.kept.set(key, call.body);
        return { repositoryCreationTemplate: call.body };
      },
      DescribeRepositoryCreationTemplates: (call) => {
        const prefixes = call.body.prefixes as readonly string[] | undefined;
        const keys =
          prefixes?.map((prefix) => keyOf(call, prefix)) ?? [...call.kept.keys()].filter((key) => key.startsWith(keyOf(call, "")));
        return { repositoryCreationTemplates: keys.map((key) => found(call.kept, key, missing)) };
      },
      UpdateRepositoryCreationTemplate: (call) => {
        const key = keyOf(call, call.body.prefix);
        const changed = { ...found(call.kept, key, missing), ...call.body };
        call.kept.set(key, changed);
        return { repositoryCreationTemplate: changed };
      },
      DeleteRepositoryCreationTemplate: (call) => {
        const key = keyOf(call, call.body.prefix);
        const deleted = found(call.kept, key, missing);
        call.kept.delete(key);
        return { repositoryCreationTemplate: deleted };
      },
    },
  );
