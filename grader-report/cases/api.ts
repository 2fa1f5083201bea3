import type { Told } from '../../test/grading/evidence-builder.ts'
import { type RuleCases, tree } from '../rule-cases.ts'

const py = (after: string, before: string | null = null): Told => ({ changes: [['backend/a/views.py', before, after]] })
const ts = (after: string): Told => ({ changes: [['backend/a.ts', null, after]] })
const view = (answer: string): string => `def get(self, request):\n    ${answer}\n`
const tried = (clause: string): Told => py(`def g():\n    try:\n        f()\n    ${clause}\n`)

/** The rules of the API. */
export const apiCases: readonly RuleCases[] = [
  {
    rule: 'api/status-codes',
    flags: tree({
      '500 on purpose': py(view('return Response({"a": 1}, status=500)')),
      '500 by its name': py(view('return Response(status=status.HTTP_500_INTERNAL_SERVER_ERROR)')),
      '500 of FastAPI': py(view('raise HTTPException(status_code=500, detail="no")')),
      'an error as a success': py(view('return Response({"error": "not found"})')),
      'an error as a success that is written out': py(view('return JsonResponse({"errors": form.errors}, status=200)')),
      '500 of Express': ts('function f(req, res) {\n  res.status(500).json({ a: 1 })\n}\n'),
    }),
    leaves: tree({
      '201 and 422': py(view('return Response(a, status=201) if a else Response({"error": a}, status=422)')),
      '503': py(view('return Response(a, status=503)')),
      'a handler of crashes': py('def server_error(request):\n    return JsonResponse(a, status=500)\n'),
      'an empty list of errors': py(view('return Response({"items": a, "errors": []})')),
      'a status that is computed': py(view('return Response(a, status=exc.status)')),
      'the base has it': py(`${view('return Response({"error": "no"})')}\n\na = 1\n`, view('return Response({"error": "no"})')),
    }),
  },
  {
    rule: 'api/errors',
    flags: tree({
      'a broad except that passes': tried('except Exception:\n        pass'),
      'a bare except': tried('except:\n        pass'),
      'a broad except that returns nothing': tried('except Exception as error:\n        return None'),
      'what was raised, told to a client': tried('except Exception as error:\n        return Response({"error": str(error)}, status=400)'),
      'an empty catch': ts('try {\n  f()\n} catch {\n}\n'),
      'a catch that prints': ts('try {\n  f()\n} catch (error) {\n  console.log(error)\n}\n'),
    }),
    leaves: tree({
      'a narrow except': tried('except FileNotFoundError:\n        pass'),
      'a broad one that logs and raises': tried('except Exception:\n        log.exception("no")\n        raise'),
      'a broad one that records the failure': tried('except Exception as error:\n        fail(run, error)'),
      'an error of the project': py('def g():\n    raise Conflict("Taken.", field="name")\n'),
      'a catch that answers': ts('try {\n  f()\n} catch (error) {\n  throw new Conflict(error)\n}\n'),
      'the base has it': py('try:\n    f()\nexcept Exception:\n    pass\na = 1\n', 'try:\n    f()\nexcept Exception:\n    pass\n'),
    }),
  },
]
