// Java and Kotlin: Maven with Surefire, Failsafe and JaCoCo; Gradle with its own test reports and JaCoCo.
import { pinned } from './actions.ts'
import { type Found, type Made, NOTHING, type Repository, type Step } from './repository.ts'

const SETUP: readonly Step[] = [{ uses: pinned('java'), with: { distribution: 'temurin', 'java-version': '21' } }]

export function maven({ texts }: Repository): Found {
  const pom = texts.get('pom.xml')
  if (pom === undefined) return NOTHING
  const has = (plugin: string): boolean => pom.includes(plugin)
  const found = (path: string, kind: Made['kind'], by: string, level?: Made['level']): Made => ({
    path,
    kind,
    by: `pom.xml, ${by}`,
    ...(level && { level }),
  })
  return {
    reports: [
      found('**/target/surefire-reports/TEST-*.xml', 'tests', 'Surefire'),
      ...(has('maven-failsafe-plugin')
        ? [found('**/target/failsafe-reports/TEST-*.xml', 'tests', 'Failsafe', 'integration')]
        : []),
      ...(has('jacoco-maven-plugin') ? [found('**/target/site/jacoco/jacoco.xml', 'coverage', 'JaCoCo')] : []),
      ...(has('jacoco-maven-plugin') && has('prepare-agent-integration')
        ? [found('**/target/site/jacoco-it/jacoco.xml', 'coverage', 'JaCoCo', 'integration')]
        : []),
    ],
    setup: SETUP,
    steps: [{ run: texts.has('mvnw') ? './mvnw -B verify' : 'mvn -B verify' }],
    notes: has('jacoco-maven-plugin') ? [] : ['pom.xml has no jacoco-maven-plugin, which measures coverage.'],
  }
}

export function gradle({ texts }: Repository): Found {
  const build = texts.get('build.gradle') ?? texts.get('build.gradle.kts')
  if (build === undefined || texts.has('pom.xml')) return NOTHING
  const jacoco = /\bjacoco\b/.test(build)
  const command = texts.has('gradlew') ? './gradlew' : 'gradle'
  const by = 'build.gradle'
  const xml = /xml\.required|xml\s*\{|required\.set\(true\)|xml\.enabled/.test(build)
  return {
    reports: [
      { path: '**/build/test-results/**/TEST-*.xml', kind: 'tests', by },
      ...(jacoco ? [{ path: '**/build/reports/jacoco/**/*.xml', kind: 'coverage' as const, by: `${by}, JaCoCo` }] : []),
    ],
    setup: SETUP,
    steps: [{ run: `${command} build${jacoco ? ' jacocoTestReport' : ''}` }],
    notes: [
      ...(jacoco ? [] : ['build.gradle does not apply the plugin jacoco, which measures coverage.']),
      ...(jacoco && !xml
        ? ['JaCoCo writes XML only with jacocoTestReport { reports { xml.required = true } } in build.gradle.']
        : []),
    ],
  }
}
