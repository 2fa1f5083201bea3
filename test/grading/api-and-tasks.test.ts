import { expect, test } from 'vitest'
import { errors } from '../../src/grading/api-errors.ts'
import { statusCodes } from '../../src/grading/api-status-codes.ts'
import { idempotentTask } from '../../src/grading/data-idempotent-task.ts'
import { loadSyntax } from '../../src/syntax/load-grammars.ts'
import { judged, type ToldChange } from './evidence-builder.ts'

const syntax = await loadSyntax()
const py = (after: string, before: string | null = null): readonly ToldChange[] => [['backend/a/views.py', before, after]]
const ts = (after: string): readonly ToldChange[] => [['backend/a.ts', null, after]]
const codes = (findings: readonly string[]) => findings.map((one) => one.split(' ')[0])
const view = (answer: string) => `def get(self, request):\n    ${answer}\n`

test.each<[string, readonly ToldChange[]]>([
  ['500 on purpose', py(view('return Response({"a": 1}, status=500)'))],
  ['500 by its name', py(view('return Response(status=status.HTTP_500_INTERNAL_SERVER_ERROR)'))],
  ['500 of Django', py(view('return HttpResponseServerError("no")'))],
  ['500 of FastAPI', py(view('raise HTTPException(status_code=500, detail="no")'))],
  ['an error as a success', py(view('return Response({"error": "not found"})'))],
  ['an error as a success that is written out', py(view('return JsonResponse({"errors": form.errors}, status=200)'))],
  ['500 of Express', ts('function f(req, res) {\n  res.status(500).json({ a: 1 })\n}\n')],
])('api/status-codes flags %s', (_, changes) => {
  const { check, findings } = judged(statusCodes, { changes }, syntax)
  expect({ check, codes: codes(findings) }).toEqual({ check: 'fail', codes: ['STATUS_BY_HAND'] })
})

test.each<[string, readonly ToldChange[]]>([
  ['201, 204 and 422', py(view('return Response(a, status=201) if a else Response({"error": a}, status=422)'))],
  ['503', py(view('return Response(a, status=503)'))],
  ['a handler of crashes', py('def server_error(request):\n    return JsonResponse(a, status=500)\n')],
  ['an empty list of errors', py(view('return Response({"items": a, "errors": []})'))],
  ['the base has it', py(`${view('return Response({"error": "no"})')}\n\na = 1\n`, view('return Response({"error": "no"})'))],
  ['an answer of another service', py(view('return Response(requests.Response(status=500))'))],
  ['a status that is computed', py(view('return Response(a, status=exc.status)'))],
  ['a field of that name', py(view('return Response({"error": None})'))],
])('api/status-codes leaves %s alone', (_, changes) => {
  expect(judged(statusCodes, { changes }, syntax)).toEqual({ check: 'pass', findings: [] })
})

test.each<[string, readonly ToldChange[]]>([
  ['a broad except that passes', py('try:\n    f()\nexcept Exception:\n    pass\n')],
  ['a bare except', py('try:\n    f()\nexcept:\n    pass\n')],
  ['a broad except that returns nothing', py('def g():\n    try:\n        f()\n    except Exception as error:\n        return None\n')],
  ['one among several', py('try:\n    f()\nexcept (ValueError, Exception):\n    print("no")\n')],
  [
    'what was raised, told to a client',
    py('def g():\n    try:\n        f()\n    except Exception as error:\n        return Response({"error": str(error)}, status=400)\n'),
  ],
  ['suppress', py('with suppress(Exception):\n    f()\n')],
  ['an empty catch', ts('try {\n  f()\n} catch {\n}\n')],
  ['a catch that prints', ts('try {\n  f()\n} catch (error) {\n  console.log(error)\n}\n')],
])('api/errors flags %s', (_, changes) => {
  const { check, findings } = judged(errors, { changes }, syntax)
  expect({ check, codes: codes(findings) }).toEqual({ check: 'fail', codes: ['ERROR_SWALLOWED'] })
})

test.each<[string, readonly ToldChange[]]>([
  ['a narrow except', py('try:\n    f()\nexcept FileNotFoundError:\n    pass\n')],
  ['a broad one that logs and raises', py('try:\n    f()\nexcept Exception:\n    log.exception("no")\n    raise\n')],
  ['a broad one that records the failure', py('try:\n    f()\nexcept Exception as error:\n    fail(run, error)\n')],
  ['an error of the project', py('def g():\n    raise Conflict("Taken.", field="name")\n')],
  ['a narrow suppress', py('def g():\n    with suppress(KeyError):\n        f()\n    raise NotFound("a")\n')],
  [
    'a message of our own error',
    py('def g():\n    try:\n        f()\n    except DomainError as error:\n        return Response({"error": str(error)}, status=400)\n'),
  ],
  ['a catch that answers', ts('try {\n  f()\n} catch (error) {\n  throw new Conflict(error)\n}\n')],
  ['the base has it', py('try:\n    f()\nexcept Exception:\n    pass\na = 1\n', 'try:\n    f()\nexcept Exception:\n    pass\n')],
])('api/errors leaves %s alone', (_, changes) => {
  expect(judged(errors, { changes }, syntax)).toEqual({ check: 'pass', findings: [] })
})

const task = (body: string, decorator = '@shared_task') =>
  py(`${decorator}\ndef deliver(order_id):\n    order = Order.objects.get(id=order_id)\n    ${body}\n`)

test.each<[string, readonly ToldChange[]]>([
  ['a creation', task('Notice.objects.create(order=order)')],
  ['a bulk creation', task('Notice.objects.bulk_create([Notice(order=order)])')],
  ['a mail', task('send_mail("a", "b", None, [order.email])')],
  ['a call of another service', task('requests.post(URL, json={})')],
  ['another decorator', task('Notice.objects.create(order=order)', '@app.task(bind=True)')],
])('data/idempotent-task flags %s', (_, changes) => {
  const { check, findings } = judged(idempotentTask, { changes }, syntax)
  expect({ check, codes: codes(findings) }).toEqual({ check: 'fail', codes: ['REPEATS_EFFECT'] })
})

test.each<[string, readonly ToldChange[], string]>([
  ['a look at the state', task('if order.delivered_at:\n        return\n    Notice.objects.create(order=order)'), 'pass'],
  ['a lock', task('Order.objects.select_for_update().get(id=order_id)\n    Notice.objects.create(order=order)'), 'pass'],
  ['a refused duplicate', task('try:\n        Notice.objects.create(order=order)\n    except IntegrityError:\n        pass'), 'pass'],
  ['get_or_create', task('Notice.objects.get_or_create(order=order)'), 'na'],
  ['conflicts that are ignored', task('Notice.objects.bulk_create([], ignore_conflicts=True)'), 'na'],
  ['a service that does it', task('services.deliver(order=order)'), 'na'],
  ['no task', py('def deliver(order):\n    Notice.objects.create(order=order)\n'), 'na'],
  ['a test', [['backend/a/tests/test_a.py', null, '@shared_task\ndef f():\n    A.objects.create()\n']], 'na'],
])('data/idempotent-task leaves %s alone', (_, changes, check) => {
  expect(judged(idempotentTask, { changes }, syntax)).toEqual({ check, findings: [] })
})

test.each([errors, statusCodes, idempotentTask])('$id: not parsed, nothing changed, nothing of its kind', (rule) => {
  const broken = py('@shared_task\ndef f(:\n    return Response(status=\n')
  expect(judged(rule, { changes: broken }, syntax)).toEqual({ check: 'inconclusive', findings: [] })
  expect(judged(rule, { changes: [] }, syntax)).toEqual({ check: 'na', findings: [] })
  expect(judged(rule, { changes: py('A = 1\n') }, syntax)).toEqual({ check: 'na', findings: [] })
})
