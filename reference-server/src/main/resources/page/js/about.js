// The about panel: what operators say of a robot, who it says it is, what it says it can do.
import {h} from './dom.js';
import {createMetadata} from './metadata.js';
import {moment, plain, quantity, title} from './format.js';

export function createAbout(robot, fleet) {
  const scope = fleet.store.scope();
  const metadata = createMetadata(robot, fleet);
  const said = h('div', {});
  const element = h('div', {}, metadata.element, said);
  let shown = '';

  function refresh() {
    const {identity, capability, firstSeenAt, status} = robot.dto;
    const news = JSON.stringify([identity, capability, firstSeenAt, status?.models]);
    if (news === shown) return;
    shown = news;
    said.replaceChildren(
      block(
        'Identity',
        identity
          ? facts({...identityFacts(identity), 'First seen': moment(firstSeenAt), ...hardwareFacts(identity.hardware)})
          : unknown('who it is'),
      ),
      block('Capability', capability ? facts(capabilityFacts(capability)) : unknown('what it can do')),
      capability?.commands?.length > 0
        ? block('Commands it takes', h('dl', {class: 'facts'}, capability.commands.flatMap(commandFacts)))
        : '',
      Object.keys(status?.models ?? {}).length > 0 ? block('Active models', facts(status.models)) : '',
    );
  }

  scope.on('robots', id => {
    if (id !== robot.id && id !== null) return;
    metadata.refresh();
    refresh();
  });
  refresh();
  return {element, end: () => scope.close()};
}

const block = (name, content) => h('section', {class: 'block'}, h('h3', {}, name), content);
const unknown = what => h('p', {class: 'soft'}, `The robot has not said yet ${what}.`);

function facts(values) {
  return h(
    'dl',
    {class: 'facts'},
    Object.entries(values).flatMap(([name, value]) => [h('dt', {}, h('bdi', {}, name)), h('dd', {}, h('bdi', {}, plain(value)))]),
  );
}

function identityFacts({model, vendor, firmwareVersion, serialNumber}) {
  return {Model: model, Vendor: vendor, Firmware: firmwareVersion, 'Serial number': serialNumber};
}

function hardwareFacts(hardware) {
  return Object.fromEntries(Object.entries(hardware ?? {}).map(([key, value]) => [title(key), value]));
}

function capabilityFacts({firmwareVersion, maxSpeed, maxPayload, sensors, charging, docking, channels}) {
  return {
    'Holds for firmware': firmwareVersion,
    'Top speed': quantity(maxSpeed, 'm/s', 2),
    Payload: quantity(maxPayload, 'kg', 0),
    'Charges itself': charging ? 'yes' : 'no',
    Docks: docking ? 'yes' : 'no',
    Sensors: sensors?.join(', ') || '–',
    'Telemetry channels': channels?.map(({name, unit}) => (unit ? `${name} (${unit})` : name)).join(', ') || '–',
  };
}

function commandFacts({type, description, cancellable}) {
  return [
    h('dt', {class: 'mono'}, type),
    h('dd', {}, h('bdi', {}, description ?? ''), cancellable ? '' : h('span', {class: 'soft'}, ' (cannot be cancelled)')),
  ];
}
