import { describe, expect, it } from '@jest/globals'
import { packageOfPurl } from '../../../src/evidence/formats/security/purl.ts'

describe('the package of a purl', () => {
  it.each([
    ['pkg:npm/basket@1.0.0', 'basket', '1.0.0', 'npm'],
    ['pkg:npm/%40org/basket@1.0.0', '@org/basket', '1.0.0', 'npm'],
    ['pkg:npm/@org/basket', '@org/basket', null, 'npm'],
    ['pkg:maven/org.example/core@2.0?type=jar', 'org.example:core', '2.0', 'maven'],
    ['pkg:golang/example.org/a/b@v1.2.3#sub', 'example.org/a/b', 'v1.2.3', 'golang'],
    ['pkg:deb/debian/libone%2B%2B@1%3A2.0-1~x?arch=amd64', 'libone++', '1:2.0-1~x', 'deb'],
    ['pkg:APK/alpine/libone@', 'libone', null, 'apk'],
    ['pkg:oci/shop@sha256%3Aab', 'shop', 'sha256:ab', 'oci'],
    ['pkg:npm/%zz@1', '%zz', '1', 'npm'],
  ])('%s', (purl, name, version, type) => expect(packageOfPurl(purl)).toEqual({ name, version, type }))

  it.each([[''], ['basket'], ['pkg:'], ['pkg:npm'], ['pkg:npm/'], ['pkg:npm/@1.0.0'], [`pkg:npm/${'a'.repeat(5000)}`]])(
    'none of %.20s',
    (purl) => expect(packageOfPurl(purl)).toBeNull(),
  )
})
