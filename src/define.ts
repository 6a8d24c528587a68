// For those who generate their config: `defineCertification` types it, and its result is written as YAML or JSON as it is.
import type { Certification, CertificationFile } from './config/generated/written.ts'

export type { Certification, CertificationFile }

/** Returns the config unchanged; the compiler holds it to the schema. */
export function defineCertification(config: CertificationFile): CertificationFile {
  return config
}
