// Messages of raw methods, from and to the bytes that gRPC carries.
#ifndef OUTLAY_SERVICES_COMMON_RPC_MESSAGE_BYTES_H_
#define OUTLAY_SERVICES_COMMON_RPC_MESSAGE_BYTES_H_

#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/proto_buffer_reader.h"
#include "grpcpp/support/proto_buffer_writer.h"
#include "services/common/rpc/errors.h"

namespace outlay::rpc {

// `method` is the error's, "outlay.fx.v1.FxService/StreamConvert". INVALID_ARGUMENT, MALFORMED_REQUEST.
template <class Message>
absl::Status FromBytes(grpc::ByteBuffer bytes, std::string_view method, Message& message) {
  const bool read = grpc::SerializationTraits<Message>::Deserialize(&bytes, &message).ok();
  return read ? absl::OkStatus() : MalformedRequest(method);
}

template <class Message>
grpc::ByteBuffer ToBytes(const Message& message) {
  grpc::ByteBuffer bytes;
  bool own_buffer = false;
  // Fails for messages of 2 GB and more.
  (void)grpc::SerializationTraits<Message>::Serialize(message, &bytes, &own_buffer);
  return bytes;
}

}  // namespace outlay::rpc

#endif  // OUTLAY_SERVICES_COMMON_RPC_MESSAGE_BYTES_H_
