/** The archive as a table in Athena, with a workgroup whose results are encrypted and expire, and a first question to ask. */
import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query/index.js";
import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup/index.js";
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database/index.js";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table/index.js";
import { Construct } from "constructs";
import { disposable } from "../protection.ts";
import type { NetworkContext } from "./context.ts";
import { column, flowLogFields } from "./flow-log-fields.ts";
import { projection } from "./flow-log-partitions.ts";
import { PrivateBucket } from "./private-bucket.ts";

export interface TrafficQueriesSettings {
  readonly context: NetworkContext;
  /** Bucket of the archive. */
  readonly archive: string;
  readonly keyArn: string;
}

const table = "flow_logs";
/** Query results are copies; whoever needs them longer keeps them elsewhere. Days. */
const resultDays = 30;
/** A query that would read more is stopped: 100 GB cost about half a dollar. */
const bytesPerQuery = 100_000_000_000;
const parquet = "org.apache.hadoop.hive.ql.io.parquet";

export class TrafficQueries extends Construct {
  constructor(scope: Construct, id: string, { context, archive, keyArn }: TrafficQueriesSettings) {
    super(scope, id);
    const results = new PrivateBucket(this, "results", { context, purpose: "flow-log-queries", keyArn, expireDays: resultDays });
    const database = new GlueCatalogDatabase(this, "database", {
      // Athena takes no hyphens in names (Athena user guide, "Name databases, tables, and columns").
      name: context.named("network").replaceAll("-", "_"),
      description: "Flow logs of the VPC",
    });
    const { location, parameters, keys } = projection(archive, context);
    new GlueCatalogTable(this, "table", {
      name: table,
      databaseName: database.name,
      description: "One record per flow and aggregation interval; always name year, month and day",
      tableType: "EXTERNAL_TABLE",
      parameters: { EXTERNAL: "TRUE", ...parameters },
      partitionKeys: keys.map((name) => ({ name, type: "int" })),
      storageDescriptor: {
        location,
        inputFormat: `${parquet}.MapredParquetInputFormat`,
        outputFormat: `${parquet}.MapredParquetOutputFormat`,
        serDeInfo: { serializationLibrary: `${parquet}.serde.ParquetHiveSerDe`, parameters: { "serialization.format": "1" } },
        columns: flowLogFields.map(({ name, type }) => ({ name: column(name), type })),
      },
    });
    const workgroup = new AthenaWorkgroup(this, "workgroup", {
      name: context.named("network"),
      description: "Questions about network traffic",
      forceDestroy: disposable(context.protection),
      configuration: {
        // Otherwise a client could send results to a place of its own, unencrypted.
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: bytesPerQuery,
        resultConfiguration: {
          outputLocation: `s3://${results.name}/`,
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: keyArn },
        },
      },
    });
    new AthenaNamedQuery(this, "rejected-logins", {
      name: "rejected-logins",
      description: "Who was refused at SSH and RDP today, most frequent first",
      workgroup: workgroup.name,
      database: database.name,
      query: rejectedLogins,
    });
  }
}

const rejectedLogins = `SELECT srcaddr, dstaddr, dstport, interface_id, sum(packets) AS packets, from_unixtime(max("end")) AS last_seen
FROM ${table}
WHERE year = year(current_date) AND month = month(current_date) AND day = day(current_date)
  AND action = 'REJECT' AND protocol = 6 AND dstport IN (22, 3389)
GROUP BY srcaddr, dstaddr, dstport, interface_id
ORDER BY packets DESC
LIMIT 100
`;
