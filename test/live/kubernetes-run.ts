/** A run of its own, to be killed: starts a control plane, prints its folder and process ids, and waits. */
import { identity, startPlane } from "./kubernetes-setup.ts";

const { plane, folder } = await startPlane();
await plane.start(identity("dev"));
const { controlPlane } = await plane.cluster("dev");
console.log(JSON.stringify({ folder, pids: [...(await controlPlane.pids()).values()] }));
setInterval(() => {}, 60_000);
