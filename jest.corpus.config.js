/** The labelled plans of the review: precision and recall. Megabytes of plans, so not among the unit tests. `npm run test:corpus`. */
import { shared } from "./jest.shared.js";

export default { ...shared, testMatch: ["<rootDir>/test/review/corpus.test.ts"] };
