/** Options of the Elastic operator. */
import { options } from "./common.ts";

export const eckOperator = options({}, [{}]);
