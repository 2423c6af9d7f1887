// A currency server on grpc-js as demonstrations have it: a table of one day's rates per euro, arithmetic in doubles.
// Usage: node currency_server.js currency.proto. Writes its address as a line to standard output.
'use strict';

const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

const PER_EURO = { EUR: 1, USD: 1.0377, KRW: 1501.65, JPY: 157.44, GBP: 0.83331, CHF: 0.9407 };
const NANOS = 1e9;

function convert({ amount, to_currency: to }) {
  const from = PER_EURO[amount.currency_code];
  const target = PER_EURO[to];
  if (from === undefined || target === undefined) throw new Error('unknown currency');
  const value = ((Number(amount.units) + amount.nanos / NANOS) / from) * target;
  const units = Math.floor(value);
  return { currency_code: to, units, nanos: Math.floor((value - units) * NANOS) };
}

function answer(call, callback, work) {
  try {
    callback(null, work(call.request));
  } catch (error) {
    callback({ code: grpc.status.INVALID_ARGUMENT, message: error.message });
  }
}

const definition = protoLoader.loadSync(process.argv[2], { keepCase: true, longs: String, defaults: true });
const service = grpc.loadPackageDefinition(definition).outlay.bench.v1.CurrencyService.service;
const limits = { 'grpc.max_receive_message_length': -1 };
const server = new grpc.Server(limits);
server.addService(service, {
  Convert: (call, callback) => answer(call, callback, convert),
  ConvertMany: (call, callback) =>
    answer(call, callback, (request) => ({ amounts: request.conversions.map(convert) })),
});
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(`listening on 127.0.0.1:${port}`);
});
process.on('SIGTERM', () => process.exit(0));
