/** Real Terraform, real emulator, real cdktf CLI, real API server. `npm run test:live [path]`. */
import { shared } from "./jest.shared.js";

export default { ...shared, testMatch: ["<rootDir>/test/live/**/*.test.ts"] };
