/** Options of metrics-server. */
import { options } from "./common.ts";

export const metricsServer = options({}, [{}]);
