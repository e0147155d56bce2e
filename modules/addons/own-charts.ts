/** Charts of this repository (charts/), copied into the synthesized stack's folder, so that it can be moved and applied by itself. */
import { join } from "node:path";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";

const folder = join(import.meta.dirname, "../../charts");

export class OwnCharts extends Construct {
  private readonly assets = new Map<string, TerraformAsset>();

  /** Path of a chart as Terraform sees it from the stack's folder. It holds a hash of the content, so that a changed template is a change. */
  path(name: string): string {
    const asset = this.assets.get(name) ?? new TerraformAsset(this, name, { path: join(folder, name), type: AssetType.DIRECTORY });
    this.assets.set(name, asset);
    return `./${asset.path}`.replace(/\/$/, "");
  }
}
