import { expect, test } from 'vitest'
import { readPythonTests } from '../../src/stack/python-tests.ts'

const names = (source: string): readonly string[] =>
  readPythonTests(source).tests.map(({ name, line, assertions }) => `${line} ${name} ${assertions}`)

test.each<[string, string, readonly string[]]>([
  [
    'functions, methods, nested classes',
    'def test_a():\n    assert 1\nclass TestB:\n    def test_c(self):\n        assert 1\n    class TestD:\n        async def test_e(self):\n            assert 1\n            assert 2\n',
    ['1 test_a 1', '4 TestB::test_c 1', '7 TestB::TestD::test_e 2'],
  ],
  [
    'helpers are no tests, nor what stands in them',
    'def helper():\n    def test_no():\n        assert 1\ndef test_a():\n    def test_inner():\n        assert 1\n    test_inner()\n',
    ['4 test_a 1'],
  ],
  [
    'strings and comments are no code',
    '"""\ndef test_no():\n    assert 1\n"""\n# def test_no():\nX = \'def test_no(): assert\'\ndef test_a():\n    """assert nothing"""\n    x = "assert"  # assert\n',
    ['7 test_a 0'],
  ],
  [
    'strings that end in odd places',
    "def test_a():\n    x = \"a\\\"b\"; assert x\n    y = r'\\'\n    assert y == '''\n\"\"\"\n'''\ndef test_b():\n    assert 1\n",
    ['1 test_a 2', '7 test_b 1'],
  ],
  ['lines that go on', 'def test_a(\n    a,\nb,\n):\n    assert f(\nx,\n) == 1\n    assert 2\n', ['1 test_a 2']],
  ['tabs', 'class TestA:\n\tdef test_b(self):\n\t\tassert 1\n', ['2 TestA::test_b 1']],
  [
    'ways to assert',
    'def test_a(self, m):\n    self.assertEqual(1, 1)\n    with pytest.raises(X):\n        pass\n    m.assert_called_once_with(1)\n    with django_assert_num_queries(2):\n        pass\n    reassert = 1\n',
    ['1 test_a 4'],
  ],
  ['Windows line ends', 'def test_a():\r\n    assert 1\r\n', ['1 test_a 1']],
  ['no Python at all', '{"a": [1, 2', []],
])('%s', (_, source, found) => {
  expect(names(source)).toEqual(found)
})

test('skips stand on tests, on classes and on modules', () => {
  const read = readPythonTests(`import pytest
pytestmark = pytest.mark.skipif(True, reason="x")

@pytest.mark.xfail
class TestA:
    @pytest.mark.parametrize("x", [
        1,
    ])
    @pytest.mark.skip
    def test_b(self, x):
        pytest.skip("no")

def test_c():
    pass
`)
  expect(read.skips.map(({ line }) => line)).toEqual([2, 4])
  expect(read.tests.map(({ name, skips }) => [name, skips.map(({ line }) => line)])).toEqual([
    ['TestA::test_b', [9, 11]],
    ['test_c', []],
  ])
})
