// The calls of `upgrade(op)` as their types declare them: signature, options and what is said of each.

import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../project.ts'

export interface SurfaceCall {
  readonly name: string
  /** The call with every option that it takes, as TypeScript declares it. */
  readonly signature: string
  /** The first paragraph of its comment; null where there is none. */
  readonly summary: string | null
  /** What stands behind `@example`; null where nothing does. */
  readonly example: string | null
}

const file = join(root, 'packages/aludel/src/ops/surface.ts')

export function readSurface(): readonly SurfaceCall[] {
  const program = ts.createProgram([file], { target: ts.ScriptTarget.ESNext, strict: true, noEmit: true, types: [] })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const surface = source?.statements.find(isOperations)
  if (surface === undefined) throw new Error('src/ops/surface.ts declares no interface Operations.')
  const declared = checker
    .getTypeAtLocation(surface)
    .getProperties()
    .flatMap(({ declarations = [] }) => declarations)
  return declared.filter(ts.isMethodSignature).map((member) => readCall(member, checker))
}

function isOperations(statement: ts.Statement): statement is ts.InterfaceDeclaration {
  return ts.isInterfaceDeclaration(statement) && statement.name.text === 'Operations'
}

function readCall(member: ts.MethodSignature, checker: ts.TypeChecker): SurfaceCall {
  const name = member.name.getText()
  const symbol = checker.getSymbolAtLocation(member.name)
  const summary = ts.displayPartsToString(symbol?.getDocumentationComment(checker))
  const example = symbol?.getJsDocTags(checker).find((tag) => tag.name === 'example')
  const parameters = member.parameters.map((parameter) => parameterText(parameter, checker))
  return {
    name,
    signature: `op.${name}(${parameters.join(', ')})`,
    summary: summary === '' ? null : onOneLine(summary),
    example: example === undefined ? null : ts.displayPartsToString(example.text),
  }
}

function parameterText(parameter: ts.ParameterDeclaration, checker: ts.TypeChecker): string {
  const name = `${parameter.name.getText()}${parameter.questionToken === undefined ? '' : '?'}`
  const type = checker.getNonNullableType(checker.getTypeAtLocation(parameter))
  const isOptions = ['options', 'change'].includes(parameter.name.getText())
  return `${name}: ${isOptions ? optionsText(type, checker) : onOneLine(parameter.type?.getText() ?? '')}`
}

function optionsText(type: ts.Type, checker: ts.TypeChecker): string {
  const options = type.getProperties().map((option) => {
    const said = onOneLine(ts.displayPartsToString(option.getDocumentationComment(checker)))
    return `  ${memberText(option, checker)}${said === '' ? '' : ` // ${said}`}\n`
  })
  return `{\n${options.join('')}}`
}

function memberText(member: ts.Symbol, checker: ts.TypeChecker): string {
  const optional = (member.flags & ts.SymbolFlags.Optional) !== 0
  return `${member.name}${optional ? '?' : ''}: ${typeText(checker.getTypeOfSymbol(member), checker)}`
}

/** Options inside options are spelt out; every other type is called by its name. */
function typeText(given: ts.Type, checker: ts.TypeChecker): string {
  const type = checker.getNonNullableType(given)
  const members = type.isUnion() ? [] : type.getProperties()
  const isOptions = members.length > 0 && members.every(isOptional)
  if (isOptions) return `{ ${members.map((member) => memberText(member, checker)).join('; ')} }`
  const text = checker.typeToString(given, undefined, ts.TypeFormatFlags.NoTruncation)
  return text.replace(/^undefined \| | \| undefined$/g, '')
}

function isOptional(member: ts.Symbol): boolean {
  return (member.flags & ts.SymbolFlags.Optional) !== 0
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
