/** Which Python to use, and what to say where there is none that does. */
import { execa } from "execa";
import { UserError } from "../../environments/user-error.ts";

export interface Interpreter {
  readonly command: string;
  /** For example "3.11.7". */
  readonly version: string;
}

/** requirements.txt is resolved for this one and tried up to 3.13. */
const oldest = [3, 11] as const;

/** The system's choice first; then newer ones beside an old python3, as on macOS. */
const candidates = ["python3", "python3.13", "python3.12", "python3.11"];

/** In the PATH of `env`, or of this process. Rejects with what was found and what to install. */
export async function findPython(env?: Readonly<Record<string, string | undefined>>): Promise<Interpreter> {
  const options = { reject: false, ...(env && { env, extendEnv: false }) } as const;
  const tooOld: string[] = [];
  for (const command of candidates) {
    const { failed, stdout } = await execa(command, ["-c", "import platform; print(platform.python_version())"], options);
    if (failed) continue;
    const version = stdout.trim();
    if (isRecent(version)) return { command, version };
    tooOld.push(`${command} is ${version}`);
  }
  const found = tooOld.length > 0 ? `Found: ${tooOld.join(", ")}.` : `None of ${candidates.join(", ")} runs.`;
  throw new UserError(
    `The emulated AWS needs Python ${oldest.join(".")} or newer. ${found}\nInstall it: apt-get install python3 python3-venv, dnf install python3, or brew install python.`,
  );
}

export function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** Debian and Ubuntu ship Python without the part that makes environments. */
export function hasNoVenv({ command, version }: Interpreter, output: string): string {
  const minor = version.split(".").slice(0, 2).join(".");
  const remedy = /ensurepip|python3?[\d.]*-venv/.test(output)
    ? `Install its venv module: apt-get install python${minor}-venv.`
    : "Is the disk full, or .cache not writable?";
  return `${command} (${version}) could not make a private environment. ${remedy}\n${lastLines(output)}`;
}

/** pip's own words decide between no network, a wrong hash and a missing wheel. */
export function packagesUnavailable(output: string): string {
  return `moto could not be installed. ${remedyOf(output)}\n${lastLines(output)}`;
}

function remedyOf(output: string): string {
  if (/THESE PACKAGES DO NOT MATCH THE HASHES/.test(output))
    return "What the index serves is not what rehearsal/emulator/requirements.txt pins. Check PIP_INDEX_URL and PIP_FIND_LINKS.";
  if (/No matching distribution found|Could not find a version/.test(output) && !/connection|resolve|timed out|retr/i.test(output))
    return "The index has no wheel for this Python or system. Try Python 3.11 to 3.13.";
  return "PyPI must be reachable, or set PIP_INDEX_URL to a mirror (PIP_CERT for its certificate).";
}

function lastLines(output: string): string {
  return output.trim().split("\n").slice(-5).join("\n");
}
