import { Link } from "react-router-dom";
import { listOrganisations } from "../api/organisations";
import { ProblemNotice } from "../components/ProblemNotice";
import { useLoaded } from "../hooks/useLoaded";

export function Organisations() {
  const { loaded } = useLoaded(listOrganisations, []);
  if (loaded.state === "failed") return <ProblemNotice error={loaded.error} />;
  if (loaded.state === "loading") return null;
  return (
    <ul className="card mx-auto mt-12 max-w-md">
      {loaded.value.data.map((organisation) => (
        <li key={organisation.id} className="py-1">
          <Link to={`/o/${organisation.id}`}>{organisation.name}</Link>
        </li>
      ))}
    </ul>
  );
}
