import { loadEnvironments } from "./environments/index.ts";
import { platform } from "./stacks/index.ts";

platform(loadEnvironments()).app.synth();
