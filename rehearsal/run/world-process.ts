/**
 * A world in a process of its own, so that it can stay when the command that started it is over. Its parent speaks to it over Node's
 * IPC channel: until it says "keep", losing the parent ends the world.
 */
import { startWorld, type WorldSpec } from "./world.ts";
import type { FromWorld, ToWorld } from "./world-client.ts";

/** Not an argument: others see those, and it holds the user's environment. */
const spec = await new Promise<WorldSpec>((resolve) => process.once("message", (message) => resolve(message as WorldSpec)));
const tell = (message: FromWorld) => process.send?.(message);
let kept = false;

try {
  const world = await startWorld(spec, (text) => tell({ progress: text }));
  const { target, url, description, broken } = world;
  const end = () => void world.close().finally(() => process.exit(0));
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.on("message", (message) => {
    const asked = message as ToWorld;
    if ("keep" in asked) kept = true;
    else void look(asked.look);
  });
  const look = async (number: number) => {
    try {
      tell({ view: { number, kubernetes: await world.kubernetes() } });
    } catch (error) {
      tell({ viewFailed: { number, message: error instanceof Error ? error.message : String(error) } });
    }
  };
  process.on("disconnect", () => {
    if (!kept) end();
  });
  void broken.then(async (reason) => {
    if (reason === undefined) return;
    tell({ broken: reason });
    await world.close();
    process.exit(1);
  });
  tell({ ready: { target, url, description } });
} catch (error) {
  tell({ failed: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
