/** Options of the Prometheus operator's custom resource definitions. */
import { options } from "./common.ts";

export const prometheusOperatorCrds = options({}, [{}]);
