// Builds static/built from static/src and the front-end packages: one stylesheet, the scripts, and
// the images that the stylesheet names. Nothing else is served.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as sass from 'sass'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = join(root, 'static', 'built')
const packages = join(root, 'node_modules')
const images = [
  join(packages, 'govuk-frontend', 'dist', 'govuk', 'assets', 'images'),
  join(packages, '@ministryofjustice', 'frontend', 'moj', 'assets', 'images')
]
const scripts = [
  join(packages, 'govuk-frontend', 'dist', 'govuk', 'govuk-frontend.min.js'),
  join(packages, '@ministryofjustice', 'frontend', 'moj', 'moj-frontend.min.js')
]

function withoutSourceMap (text) {
  // A map that is not served would be looked for, and the manifest storage refuses a missing file.
  return text.replace(/\/[/*]# sourceMappingURL=.*$/gm, '')
}

function buildStylesheet () {
  const { css } = sass.compile(join(root, 'static', 'src', 'site.scss'), {
    style: 'compressed',
    loadPaths: [root],
    quietDeps: true
  })
  writeFileSync(join(built, 'site.css'), withoutSourceMap(css))
  return css
}

function copyImagesNamedIn (css) {
  mkdirSync(join(built, 'images'))
  const named = new Set([...css.matchAll(/url\("?images\/([^")]+)"?\)/g)].map(match => match[1]))
  for (const name of named) {
    const folder = images.find(folder => readdirSync(folder).includes(name))
    if (!folder) throw new Error(`The stylesheet names ${name}, which no package has.`)
    copyFileSync(join(folder, name), join(built, 'images', name))
  }
}

function copyScripts () {
  for (const script of scripts) {
    writeFileSync(join(built, basename(script)), withoutSourceMap(readFileSync(script, 'utf8')))
  }
  for (const name of readdirSync(join(root, 'static', 'src'))) {
    if (/\.(js|svg)$/.test(name)) copyFileSync(join(root, 'static', 'src', name), join(built, name))
  }
}

rmSync(built, { recursive: true, force: true })
mkdirSync(built, { recursive: true })
copyImagesNamedIn(buildStylesheet())
copyScripts()
