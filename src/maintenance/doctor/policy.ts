// The policy itself: there is one, it can be used, it enforces, and a report that is not made is missed (decisions 6, 10).
import type { Config } from '../../model/config.ts'
import { broken, type Check, declaredIn, type Found, list, NO_POLICY, risk, unseen } from './check.ts'

export const policy: Check = {
  id: 'policy',
  what: 'the policy',
  needs: null,
  look: ({ facts: { config, source, problems, inAction } }) => {
    if (config === null)
      return [broken(source, `has ${problems} problem(s), so nothing can be judged`, 'certify validate names each with its fix')]
    if (source === 'defaults') {
      const where = inAction ? 'on the default branch' : 'here'
      return [
        risk(
          'the policy',
          `there is no config ${where}: runs only advise, and fail nothing`,
          'certify init, then commit the config',
        ),
      ]
    }
    return config.mode === 'advisory'
      ? [risk(source, 'mode: advisory fails nothing', 'mode: enforce, once the first findings are dealt with')]
      : []
  },
}

const DECLARED = 'declared evidence'

export const evidence: Check = {
  id: 'evidence',
  what: DECLARED,
  needs: null,
  look: ({ facts: { config } }) => {
    if (config === null) return [unseen(DECLARED, NO_POLICY)]
    return declaredIn(config).length === 0 ? [unseen(DECLARED, 'the policy names no report')] : uncounted(config)
  },
}

/** A glob finds what is there; only a number or names tell that one of several is gone. */
function uncounted(config: Config): Found[] {
  return declaredIn(config).flatMap(({ entry, of }) => {
    const open = entry.expect === null ? entry.paths.filter((path) => /[*?[{]/.test(path)) : []
    if (open.length === 0) return []
    return [
      risk(
        `${of} (${entry.origin})`,
        `${list(open)} may match any number of files: one that is no longer made is not missed`,
        'expect: N, or the names of the files',
      ),
    ]
  })
}
