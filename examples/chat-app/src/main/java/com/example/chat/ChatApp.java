package com.example.chat;

import java.io.IOException;

/** Runs the chat's server: connection string from the environment, port from the command line. */
public final class ChatApp {

  private ChatApp() {}

  public static void main(String[] args) throws IOException {
    String connectionString = System.getenv("WEB_PUBSUB_CONNECTION_STRING");
    if (connectionString == null) {
      System.err.println("Set WEB_PUBSUB_CONNECTION_STRING to that of your Web PubSub resource.");
      System.exit(2);
    }
    ChatServer server =
        ChatServer.start(connectionString, args.length > 0 ? Integer.parseInt(args[0]) : 8090);
    System.out.println("Chat server on " + server.address());
  }
}
