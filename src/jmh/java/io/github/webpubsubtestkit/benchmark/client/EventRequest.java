package io.github.webpubsubtestkit.benchmark.client;

/** The bytes of a user event as the service sends it to an event handler, of a usual size. */
public final class EventRequest {

  private EventRequest() {}

  /** A whole request. */
  public static String of(int port, String body) {
    return """
        POST /eventhandler HTTP/1.1
        Host: 127.0.0.1:%d
        Content-Type: text/plain; charset=utf-8
        Content-Length: %d
        WebHook-Request-Origin: 127.0.0.1
        ce-specversion: 1.0
        ce-awpsversion: 1.0
        ce-type: azure.webpubsub.user.echo
        ce-source: /hubs/hub/client/0123456789abcdefghijkl
        ce-id: 1
        ce-time: 2026-01-01T00:00:00Z
        ce-signature: sha256=%s
        ce-userId: alice
        ce-connectionId: 0123456789abcdefghijkl
        ce-hub: hub
        ce-eventName: echo
        ce-subprotocol: json.webpubsub.azure.v1
        x-ms-client-request-id: 00000000-0000-4000-8000-000000000000

        %s"""
        .formatted(port, body.length(), "0".repeat(64), body)
        .replace("\n", "\r\n");
  }
}
