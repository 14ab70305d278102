package dev.echosounder.protocol;

/**
 * How a gRPC server answered a call.
 *
 * @param status the gRPC status code, 0 for OK
 * @param message the server's explanation of it
 * @param body the message with its prefix of five bytes, as far as there is one
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record GrpcAnswer(int status, String message, byte[] body) {}
