"""The registry of bodies: mention + jurisdiction + date → body.

``divisions`` knows the places of GB/T 2260: ``divisions.leading(title)`` tells the place with which a title begins,
``divisions.named(issuer_place)`` and ``divisions.by_code(code)`` go both ways.
"""
