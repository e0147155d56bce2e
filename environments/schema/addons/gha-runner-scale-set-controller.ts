/** Options of the controller of GitHub Actions runners. */
import { options } from "./common.ts";

export const ghaRunnerScaleSetController = options({}, [{}]);
