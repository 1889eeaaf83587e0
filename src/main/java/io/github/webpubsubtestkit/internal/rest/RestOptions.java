package io.github.webpubsubtestkit.internal.rest;

/**
 * Where the REST API is told to differ from its default (client-protocols 0.4). All are off by
 * default.
 *
 * @param anyApiVersion accepts every {@code api-version} (rest-api 3)
 * @param decodeSlash decodes {@code %2F} in a path too (rest-api 6.1)
 * @param requireContentLength refuses chunked sends, as Microsoft's emulator does (rest-api 8.1)
 * @param acceptOfflineUsers answers 200 when a user without connections is added to a group
 *     (rest-api 8.5)
 * @param accessKeyGenerateToken lets {@code :generateToken} be called with an access key (rest-api
 *     8.9)
 */
public record RestOptions(
    boolean anyApiVersion,
    boolean decodeSlash,
    boolean requireContentLength,
    boolean acceptOfflineUsers,
    boolean accessKeyGenerateToken) {

  /** All off. */
  public static RestOptions defaults() {
    return new RestOptions(false, false, false, false, false);
  }
}
