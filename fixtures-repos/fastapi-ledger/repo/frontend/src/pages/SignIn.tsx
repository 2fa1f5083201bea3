import { useState } from "react";
import { Field } from "../components/Field";
import { ProblemNotice } from "../components/ProblemNotice";
import { useSession } from "../hooks/useSession";

export function SignIn() {
  const { signIn } = useSession();
  const [error, setError] = useState<unknown>(null);

  async function submit(form: FormData) {
    await signIn(String(form.get("email")), String(form.get("password"))).catch(setError);
  }

  return (
    <form className="card mx-auto mt-24 max-w-sm" action={submit}>
      <h1 className="mb-4 text-xl font-semibold">Ledger</h1>
      <ProblemNotice error={error} />
      <Field label="Email" name="email" type="email" autoComplete="username" />
      <Field label="Password" name="password" type="password" autoComplete="current-password" />
      <button>Sign in</button>
    </form>
  );
}
