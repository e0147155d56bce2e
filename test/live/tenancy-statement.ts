/** The project's own statement of who may do what in the namespaces of teams. In development developers change workloads, in production they look. */
import { type Cell, cellsOf } from "./kubernetes-statement.ts";

/** IAM roles of dev's teams, by name, and a developer with the rights of production. */
export const people = ["shop-devops", "shop-developer", "billing-developer", "quality", "production-developer"] as const;

/**
 * "+" may, "." may not; the order of the marks is that of `people`. The shop's namespaces are shop and shop-jobs, billing's is billing; quality
 * looks at both. The developer of production is in the shop.
 */
const statement = `
verb        resource                                       namespace   devops developer billing quality production
get         pods                                           shop        +      +         .       +       +
get         pods                                           shop-jobs   +      +         .       +       .
get         pods                                           billing     .      .         +       +       .
get         pods                                           kube-system .      .         .       .       .
list        pods                                           -           .      .         .       .       .
get         pods/log                                       shop        +      +         .       +       +
create      pods                                           shop        +      +         .       .       .
delete      pods                                           shop        +      +         .       .       .
create      pods/exec                                      shop        +      +         .       .       .
create      pods/portforward                               shop        +      +         .       .       .
create      pods/exec                                      billing     .      .         +       .       .
patch       deployments.apps                               shop        +      +         .       .       .
patch       deployments.apps                               billing     .      .         +       .       .
update      deployments.apps/scale                         shop        +      +         .       .       .
create      daemonsets.apps                                shop        .      .         .       .       .
create      jobs.batch                                     shop-jobs   +      +         .       .       .
create      ingresses.networking.k8s.io                    shop        +      +         .       .       .
create      persistentvolumeclaims                         shop        +      +         .       .       .
get         secrets                                        shop        +      +         .       .       .
get         secrets                                        billing     .      .         +       .       .
list        secrets                                        -           .      .         .       .       .
create      secrets                                        shop        +      .         .       .       .
get         secrets                                        tenancy     .      .         .       .       .
create      serviceaccounts/token                          shop        .      .         .       .       .
impersonate serviceaccounts                                shop        .      .         .       .       .
get         externalsecrets.external-secrets.io            shop        +      +         .       +       +
create      externalsecrets.external-secrets.io            shop        .      .         .       .       .
create      secretstores.external-secrets.io               shop        .      .         .       .       .
create      stssessiontokens.generators.external-secrets.io shop       .      .         .       .       .
create      endpointslices.discovery.k8s.io                shop        .      .         .       .       .
update      services/status                                shop        .      .         .       .       .
update      pods/status                                    shop        .      .         .       .       .
create      pods/exec                                      kube-system .      .         .       .       .
escalate    roles.rbac.authorization.k8s.io                shop        .      .         .       .       .
bind        clusterroles.rbac.authorization.k8s.io         -           .      .         .       .       .
impersonate groups                                         -           .      .         .       .       .
create      applications.argoproj.io                       argocd      .      .         .       .       .
create      certificatesigningrequests.certificates.k8s.io -           .      .         .       .       .
update      validatingadmissionpolicies.admissionregistration.k8s.io - .      .         .       .       .
create      targetgroupbindings.elbv2.k8s.aws              shop        .      .         .       .       .
get         resourcequotas                                 shop        +      +         .       +       +
update      resourcequotas                                 shop        .      .         .       .       .
delete      resourcequotas                                 shop        .      .         .       .       .
patch       limitranges                                    shop        .      .         .       .       .
get         networkpolicies.networking.k8s.io              shop        +      +         .       +       +
create      networkpolicies.networking.k8s.io              shop        .      .         .       .       .
delete      networkpolicies.networking.k8s.io              shop        .      .         .       .       .
get         rolebindings.rbac.authorization.k8s.io         shop        +      +         .       +       +
create      rolebindings.rbac.authorization.k8s.io         shop        .      .         .       .       .
update      rolebindings.rbac.authorization.k8s.io         shop        .      .         .       .       .
create      roles.rbac.authorization.k8s.io                shop        .      .         .       .       .
patch       namespaces                                     shop        .      .         .       .       .
delete      namespaces                                     shop        .      .         .       .       .
get         nodes                                          -           .      .         .       .       .
create      clusterrolebindings.rbac.authorization.k8s.io  -           .      .         .       .       .
`;

export function teamCells(): Cell[] {
  return cellsOf(statement, people);
}
