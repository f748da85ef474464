import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Role } from '../shared/index.js';
import { type GovernedAction, SEVERITIES, type Severity } from './decision.js';
import { policyInvalid } from './policy.errors.js';
import type { PolicyFiles } from './policy-folder.js';

/** One Cedar policy with what its annotations say. */
export interface Policy {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly severity?: Severity;
  /** Kinds of findings an output rule is about. */
  readonly finds: readonly string[];
  readonly text: string;
}

/** What Cedar said. `error` means that it could not say, which nobody may read as a permit. */
export type Authorization =
  | { readonly effect: 'permit' | 'deny'; readonly policies: readonly string[] }
  | { readonly effect: 'error'; readonly reason: string };

/** Cedar's own name for a context: attributes by name. */
export type PolicyContext = Readonly<Record<string, string | number | boolean>>;

/** A policy that was parsed, checked against its schema and made ready once; asking it is synchronous and pure. */
export class PolicySet {
  private constructor(
    readonly policies: readonly Policy[],
    private readonly cachedAs: string,
  ) {}

  /** Throws `governance.policy_invalid` with the file and the reason. */
  static load(files: PolicyFiles): PolicySet {
    const policies: Policy[] = [];
    for (const [file, text] of files.cedar) {
      for (const policy of parseFile(file, text)) {
        if (policies.some((other) => other.id === policy.id)) {
          throw policyInvalid(file, `two policies have the id ${policy.id}`);
        }
        policies.push(policy);
      }
    }
    const staticPolicies = Object.fromEntries(policies.map((policy) => [policy.id, policy.text]));
    validate(files.schema, staticPolicies);
    const cachedAs = `policy-${files.hash}`;
    cedar.preparseSchema(cachedAs, files.schema);
    cedar.preparsePolicySet(cachedAs, { staticPolicies });
    return new PolicySet(policies, cachedAs);
  }

  /** Any doubt (a wrong context, a policy that fails) is an `error`: a forbid that failed must not be passed over. */
  ask(role: Role, action: GovernedAction, context: PolicyContext): Authorization {
    try {
      const answer = cedar.statefulIsAuthorized({
        principal: { type: 'Role', id: role },
        action: { type: 'Action', id: action },
        resource: { type: 'Run', id: 'current' },
        context,
        entities: [],
        preparsedSchemaName: this.cachedAs,
        preparsedPolicySetId: this.cachedAs,
        validateRequest: true,
      });
      if (answer.type === 'failure') return { effect: 'error', reason: messages(answer.errors) };
      const { decision, diagnostics } = answer.response;
      if (diagnostics.errors.length > 0) {
        return { effect: 'error', reason: messages(diagnostics.errors.map(({ error }) => error)) };
      }
      return { effect: decision === 'allow' ? 'permit' : 'deny', policies: [...diagnostics.reason].sort() };
    } catch (error) {
      return { effect: 'error', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

function parseFile(file: string, text: string): Policy[] {
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === 'failure') throw policyInvalid(file, messages(parts.errors));
  if (parts.policy_templates.length > 0) throw policyInvalid(file, 'templates are not supported');
  return parts.policies.map((part) => parsePolicy(file, part));
}

function parsePolicy(file: string, text: string): Policy {
  const parsed = cedar.policyToJson(text);
  if (parsed.type === 'failure') throw policyInvalid(file, messages(parsed.errors));
  const { effect, action, annotations = {} } = parsed.json;
  const { id, severity: name, finds = '' } = annotations;
  if (!id) throw policyInvalid(file, `a policy has no @id: ${text.slice(0, 80)}`);
  const severity = SEVERITIES.find((known) => known === name);
  if (effect === 'forbid' && severity === undefined && constrains(action, 'emit')) {
    throw policyInvalid(file, `${id} judges outputs and needs @severity("${SEVERITIES.join('" | "')}")`);
  }
  return { id, effect, ...(severity && { severity }), finds: finds.split(/[\s,]+/u).filter(Boolean), text };
}

/** Whether an action constraint can hold for an action. */
function constrains(constraint: cedar.ActionConstraint, action: GovernedAction): boolean {
  if (constraint.op === 'All') return true;
  if ('slot' in constraint) return true;
  const entities = 'entities' in constraint ? constraint.entities : [constraint.entity];
  return entities.some((entity) => ('__entity' in entity ? entity.__entity.id : entity.id) === action);
}

function validate(schema: string, staticPolicies: Record<string, string>): void {
  const parsed = cedar.checkParseSchema(schema);
  if (parsed.type === 'failure') throw policyInvalid('schema.cedarschema', messages(parsed.errors));
  const answer = cedar.validate({ schema, policies: { staticPolicies } });
  if (answer.type === 'failure') throw policyInvalid('schema.cedarschema', messages(answer.errors));
  const [first] = answer.validationErrors;
  if (first) throw policyInvalid(`policy ${first.policyId}`, messages([first.error]));
}

function messages(errors: readonly cedar.DetailedError[]): string {
  return errors.map(({ message, help }) => (help ? `${message} (${help})` : message)).join('; ');
}
