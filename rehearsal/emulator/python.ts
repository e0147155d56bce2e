/** A private Python with moto, made once per content of requirements.txt. */

export interface PythonSpec {
  /** The `.cache` folder. */
  readonly cache: string;
  /** Gets what is being done, for progress. */
  readonly report: (message: string) => void;
}

export interface PreparedPython {
  /** Path of moto_server in the private environment. */
  readonly motoServer: string;
  /** Of moto, for example "5.2.5". */
  readonly version: string;
}

/** Rejects with what to install where Python, its venv module or the packages are not to be had. */
export async function preparePython(_spec: PythonSpec): Promise<PreparedPython> {
  throw new Error("not written yet");
}
