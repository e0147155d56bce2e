/** How repositories look that ECR makes by itself. */
import { type Call, found, keeping, Refused } from "../kept.ts";

const missing = "TemplateNotFoundException";
const prefixOf = ({ body }: Call) => String(body.prefix);

export const creationTemplates = () =>
  keeping(
    "ecr-creation-templates",
    "ecr",
    "moto 5.2.5 lacks repository creation templates; ECR API reference: one per prefix, and Describe returns what was given.",
    {
      CreateRepositoryCreationTemplate: (call) => {
        const prefix = prefixOf(call);
        if (call.kept.has(prefix)) throw new Refused("TemplateAlreadyExistsException", `${prefix} has one.`);
        call.kept.set(prefix, call.body);
        return { repositoryCreationTemplate: call.body };
      },
      DescribeRepositoryCreationTemplates: ({ kept, body }) => {
        const prefixes = (body.prefixes as readonly string[] | undefined) ?? [...kept.keys()];
        return { repositoryCreationTemplates: prefixes.map((prefix) => found(kept, prefix, missing)) };
      },
      UpdateRepositoryCreationTemplate: (call) => {
        const changed = { ...found(call.kept, prefixOf(call), missing), ...call.body };
        call.kept.set(prefixOf(call), changed);
        return { repositoryCreationTemplate: changed };
      },
      DeleteRepositoryCreationTemplate: (call) => {
        const deleted = found(call.kept, prefixOf(call), missing);
        call.kept.delete(prefixOf(call));
        return { repositoryCreationTemplate: deleted };
      },
    },
  );
