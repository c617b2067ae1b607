// What a verb is: a function of a project and options, that prints nothing and asks nothing.

import type { Project } from '../project/project.ts'

export type Command<Options, Result> = (project: Project, options: Options) => Promise<Result>
