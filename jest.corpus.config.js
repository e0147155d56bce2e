/** Tests over whole collections, which take seconds each: `npm run test:corpus`. */
import { shared } from "./jest.shared.js";

export const corpora = [
  // Labelled plans: the precision and recall of the review.
  "<rootDir>/test/review/corpus.test.ts",
  // Every add-on in every profile and example: its values and objects by its chart's own files, its rights by simulation.
  "<rootDir>/test/modules/addons/charts.test.ts",
  "<rootDir>/test/modules/addons/identities.test.ts",
];

export default { ...shared, testMatch: corpora };
