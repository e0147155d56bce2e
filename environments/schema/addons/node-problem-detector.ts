/** Options of the node problem detector. */
import { options } from "./common.ts";

export const nodeProblemDetector = options({}, [{}]);
