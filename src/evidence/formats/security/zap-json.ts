// ZAP's JSON report, traditional and with requests.
import type { Finding } from '../../../model/evidence.ts'
import type { Format, Limits, ReadResult } from '../../format.ts'
import { readJson } from '../../scan/json.ts'
import { arrayAt, asArray, asObject, field, inside, isObject, type JsonObject, textAt } from '../../scan/json-fields.ts'
import { zapFinding, zapResult } from './zap-alerts.ts'

/**
 * ZAP's traditional JSON report, with and without requests and responses.
 * - One finding per site and alert, however many pages it was seen on: `riskcode` 3 is high, 2 medium, 1 low, 0 info. Alerts that
 *   were marked as false positives (confidence 0) are suppressed. Place: the first page.
 * - The scan failed where it lists no site at all. ZAP says nothing of sites that did not answer: let the step fail when ZAP
 *   fails. `created` is the time; `@generated` names no zone and is not read.
 */
export const zapJson: Format<'security'> = {
  id: 'zap-json',
  kind: 'security',
  title: 'ZAP (JSON)',
  producers: ['ZAP', 'OWASP ZAP', 'zap-baseline', 'zap-full-scan'],
  discovers: ['**/report_json.json', '**/zap.json', '**/zap-report.json'],
  recognises: ({ jsonRoot, jsonKeys, text }) =>
    jsonRoot === 'object' &&
    jsonKeys?.has('site') === true &&
    (['@version', '@generated', '@programName'].some((key) => jsonKeys.has(key)) ||
      (/"@(?:name|host)"\s*:/.test(text) && /"alerts"\s*:/.test(text))),
  read(source, limits): ReadResult<'security'> {
    const root = asObject(readJson(source, limits), 'the report')
    const site = field(root, 'site')
    // What was turned from XML into JSON has no list where there is one.
    const sites = isObject(site) ? [site] : asArray(site, '"site"')
    const findings = sites.flatMap((value, index) =>
      inside(
        () => `site[${index}]`,
        () => alertsOf(asObject(value, 'the entry'), limits),
      ),
    )
    return zapResult(
      {
        version: textAt(root, '@version', limits),
        createdAt: textAt(root, 'created', limits),
        sites: sites.length,
        findings,
      },
      limits,
    )
  },
}

function alertsOf(site: JsonObject, limits: Limits): Finding[] {
  const name = textAt(site, '@name', limits)
  return (arrayAt(site, 'alerts') ?? []).map((value) => {
    const alert = asObject(value, 'an alert')
    const [instance] = arrayAt(alert, 'instances') ?? []
    return zapFinding(
      {
        site: name,
        plugin: textAt(alert, 'pluginid', limits),
        reference: textAt(alert, 'alertRef', limits),
        name: textAt(alert, 'name', limits) || textAt(alert, 'alert', limits),
        risk: textAt(alert, 'riskcode', limits),
        confidence: textAt(alert, 'confidence', limits),
        url: isObject(instance) ? textAt(instance, 'uri', limits) : null,
      },
      limits,
    )
  })
}
