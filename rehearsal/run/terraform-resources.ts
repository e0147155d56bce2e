/** The part of a cdk.tf.json that a run looks into. */

/** Type → name → attributes. */
export type TerraformResources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

export interface TerraformJson {
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly resource?: TerraformResources;
  readonly data?: TerraformResources;
  readonly output?: Readonly<Record<string, unknown>>;
}

export interface Named {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Every resource with its address. */
export function resourcesOf({ resource = {} }: TerraformJson): Named[] {
  return Object.entries(resource).flatMap(([type, instances]) =>
    Object.entries(instances).map(([name, attributes]) => ({ address: `${type}.${name}`, type, name, attributes })),
  );
}
