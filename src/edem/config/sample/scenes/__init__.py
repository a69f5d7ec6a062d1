"""Pictures drawn by program that stand for residents' photos: nobody's face, nobody's licence."""
