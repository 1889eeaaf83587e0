package com.example.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Serves the two pages as any web server would. */
final class PageServer implements AutoCloseable {

  private static final Set<String> PAGES = Set.of("simple.html", "pubsub.html");

  private final HttpServer http;

  private PageServer(HttpServer http) {
    this.http = http;
  }

  static PageServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", PageServer::serve);
    http.start();
    return new PageServer(http);
  }

  /** Where a page is. */
  URI address(String page) {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/" + page);
  }

  /** Where a page is that shall connect at once. */
  URI address(String page, URI clientUrl) {
    return URI.create(address(page) + "?url=" + URLEncoder.encode(clientUrl.toString(), UTF_8));
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private static void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String page = exchange.getRequestURI().getPath().substring(1);
      if (!PAGES.contains(page)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = Files.readAllBytes(Path.of(System.getProperty("basedir", ""), page));
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
