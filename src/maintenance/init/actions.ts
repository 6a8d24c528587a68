// The actions that a written workflow uses, each pinned to a commit.

const PINNED = {
  checkout: 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2',
  node: 'actions/setup-node@48b55a011bda9f5d6aeb4c2d9c7362e8dae4041e # v6',
  python: 'actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0',
  java: 'actions/setup-java@f2beeb24e141e01a676f977032f5a29d81c9e27e # v5.1.0',
  go: 'actions/setup-go@4dc6199c7b1a012772edbd06daecab0f50c9053c # v6.1.0',
  dotnet: 'actions/setup-dotnet@d4c94342e560b34958eacfc5d055d21461ed1c5d # v5.0.0',
  upload: 'actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0',
  download: 'actions/download-artifact@37930b1c2abaa49bbe596cd826c3c89aef350131 # v7.0.0',
} as const

/** As it is written after `uses:`, its version in a comment. */
export function pinned(action: keyof typeof PINNED): string {
  return PINNED[action]
}
